"""Turn a picture the way its orientation tag says it is to be seen."""

from easel.imaging.draft import Draft

UPRIGHT = 1


def turn_upright(draft: Draft) -> Draft:
    image = draft.image
    if not image.get_typeof("orientation") or image.get("orientation") == UPRIGHT:
        return draft
    return draft.become(image.autorot())
