@rem The reference's name for the checks of a finished session.
@"%~dp0..\wattline.cmd" check --official %*
