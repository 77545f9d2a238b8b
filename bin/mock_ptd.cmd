@rem A stand-in for PTDaemon, for the key 'ptd' of a director's configuration.
@"%~dp0..\wattline.cmd" mock-ptd %*
