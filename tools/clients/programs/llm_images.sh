# The llm command with llm-openai-images: generate, edit, combine. It has no option for an address: its OpenAI client
# reads OPENAI_BASE_URL.
export OPENAI_BASE_URL=http://127.0.0.1:8787/v1 OPENAI_API_KEY=$EASEL_API_KEY
llm -m openai/gpt-image-1.5 "A red fox in the snow" -o quality low -o size landscape -o output generate.png
llm -m openai/gpt-image-1.5 "Make it blue" -a fox.png -o quality low -o output edit.png
llm -m openai/gpt-image-1.5 "The fox in its den" -a fox.png -a hat.png -a den.png -o quality low -o output edit-three.png
