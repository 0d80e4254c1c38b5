"""Places painted in pixels: landscapes and towns under a sky, with light, haze and reflections.

Pictures are float32 planes, red, green and blue × rows × columns, from 0 to 255: a plane at a time is several times
faster than three numbers a pixel. What is soft is worked out a few times smaller, and grown. Only arithmetic whose
result is the same on every processor is used: no exponentials and no sines, whose last digit depends on the machine.
"""
