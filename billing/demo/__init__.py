"""A believable practice of plainly fictitious people, for showing and trying Deltoid.

It is made through the product's own actions, so that whatever the product refuses cannot be in the demo either.
"""
