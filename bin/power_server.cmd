@rem The reference's name for the director.
@"%~dp0..\wattline.cmd" director %*
