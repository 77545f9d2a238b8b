@rem A stand-in for nvidia-smi, for --nvidia-smi or a PATH of your own.
@"%~dp0..\wattline.cmd" mock-smi %*
