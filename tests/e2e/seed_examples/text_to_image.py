import requests

response = requests.post(
    "https://api.apiframe.ai/v2/images/generate",
    headers={
        "X-API-Key": "afk_your_api_key_here",
        "Content-Type": "application/json",
    },
    json={
        "model": "gpt-image-2",
        "prompt": "Infographic explaining how photosynthesis works, bold sans-serif labels, light academic color palette",
        "gptImage2Params": {
            "quality": "high",
            "aspect_ratio": "3:2",
        },
    },
)
print(response.json())
