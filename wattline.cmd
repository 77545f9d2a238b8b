@echo off
rem wattline COMMAND [ARGUMENTS] for Windows: runs the jar in lib\, or in a checkout its own, which it builds first.
rem JAVA_HOME and WATTLINE_JAVA_OPTS mean what they mean in the POSIX script beside this one; --rebuild is known too.
rem There is no class archive here, so that a start takes longer. Agent and campaigns are for Linux: no loop waits here to
rem start the runner after them, which they say.
setlocal
set "WATTLINE_ROOT=%~dp0"
set "WATTLINE_JAR=%~dp0lib\wattline.jar"
set "WATTLINE_JAVA=java"
if defined JAVA_HOME set "WATTLINE_JAVA=%JAVA_HOME%\bin\java"
if exist "%WATTLINE_JAR%" goto packaged
set "WATTLINE_JAR=%~dp0cli\target\wattline.jar"
if "%~1"=="--rebuild" goto rebuild
if exist "%WATTLINE_JAR%" goto start
call :build || exit /b 1
goto start
:packaged
if not "%~1"=="--rebuild" goto start
echo wattline: this is a package, not a checkout: there is nothing to rebuild. Leave out --rebuild. 1>&2
exit /b 1
:start
rem Programs that mostly wait need neither a second compiler nor a parallel collector.
set "WATTLINE_LEAN="
for %%c in (director run mock-ptd mock-smi ptd sntp) do if "%~1"=="%%c" set "WATTLINE_LEAN=-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
"%WATTLINE_JAVA%" -XX:+IgnoreUnrecognizedVMOptions -XX:-UsePerfData %WATTLINE_LEAN% %WATTLINE_JAVA_OPTS% "-Dwattline.launcher=%~dp0wattline.cmd" -jar "%WATTLINE_JAR%" %*
exit /b %ERRORLEVEL%

:rebuild
call :build
exit /b %ERRORLEVEL%

:build
where mvn >nul 2>nul
if errorlevel 1 (
    echo wattline: cli\target\wattline.jar has not been built, and no mvn was found. Install Maven 3.8.6 or newer. 1>&2
    exit /b 1
)
echo wattline: building cli\target\wattline.jar with Maven ... 1>&2
pushd "%WATTLINE_ROOT%"
call mvn -q -B -Dmaven.test.skip=true -Dquick package -pl cli -am <nul 1>&2
if errorlevel 1 (
    popd
    echo wattline: the build failed; what Maven said is above. 1>&2
    exit /b 1
)
popd
exit /b 0
