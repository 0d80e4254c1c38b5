import requests

response = requests.post(
    "https://api.apiframe.ai/v2/images/generate",
    headers={
        "X-API-Key": "afk_your_api_key_here",
        "Content-Type": "application/json",
    },
    json={
        "model": "gpt-image-2",
        "prompt": "Change the red hat to a light-blue velvet beret. Preserve the subject's face, pose, and lighting.",
        "gptImage2Params": {
            "input_images": ["https://example.com/portrait.jpg"],
            "quality": "auto",
        },
    },
)
print(response.json())
