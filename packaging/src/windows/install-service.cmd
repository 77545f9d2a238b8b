@echo off
rem install-service.cmd CONFIGURATION: runs the director as a Windows service that starts with the machine.
rem Needs an administrator's console and a Java 17 or newer (JAVA_HOME, or java on PATH).
setlocal
if "%~1"=="" (
    echo usage: install-service.cmd CONFIGURATION 1>&2
    exit /b 2
)
if not exist "%~1" (
    echo wattline: there is no configuration "%~1" 1>&2
    exit /b 2
)
set "HERE=%~dp0"
for %%d in ("%HERE%..") do set "ROOT=%%~fd"
set "JVM=auto"
if defined JAVA_HOME set "JVM=%JAVA_HOME%\bin\server\jvm.dll"
"%HERE%amd64\prunsrv.exe" install WattlineDirector ^
    --DisplayName="Wattline director" --Description="MLPerf Power measurement: drives PTDaemon and the analyzers" ^
    --Startup=auto --Jvm="%JVM%" --JvmOptions9=-Xmx256m#-XX:+UseSerialGC ^
    --Classpath="%ROOT%\lib\wattline.jar" --StartPath="%~dp1." ^
    --StartMode=jvm --StartClass=dev.wattline.cli.Main --StartMethod=main --StartParams=director#-c#"%~f1" ^
    --StopMode=jvm --StopClass=dev.wattline.cli.Main --StopMethod=stop --StopTimeout=60 ^
    --LogPath="%~dp1logs" --StdOutput=auto --StdError=auto
if errorlevel 1 exit /b 1
echo Installed. Start it with: net start WattlineDirector
