@rem A stand-in for dcgmi, for the key program of [nvml] in sources.ini or a PATH of your own.
@"%~dp0..\wattline.cmd" mock-smi %*
