curl -X POST https://api.apiframe.ai/v2/images/generate \
  -H "X-API-Key: afk_your_api_key_here" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "gpt-image-2",
    "prompt": "Infographic explaining how photosynthesis works, bold sans-serif labels, light academic color palette",
    "gptImage2Params": {
      "quality": "high",
      "aspect_ratio": "3:2"
    }
  }'
