@rem The reference's name for the runner on the measured machine.
@"%~dp0..\wattline.cmd" run --no-report %*
