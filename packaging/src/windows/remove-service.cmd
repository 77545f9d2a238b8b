@echo off
rem Stops and removes the director's Windows service; configuration and measurements stay.
"%~dp0amd64\prunsrv.exe" delete WattlineDirector
exit /b %ERRORLEVEL%
