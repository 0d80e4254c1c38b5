"""Scenery as pixels: landscapes and skylines under a sky, with light, haze and reflections.

An image is float32 planes, red, green and blue × rows × columns, from 0 to 255: one plane at a time is several times
faster than three numbers per pixel. Soft fields are computed a few times smaller and enlarged. Only arithmetic with the
same result on every processor is used: no exponentials or sines, whose last digit depends on the machine.
"""
