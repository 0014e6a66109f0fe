@echo off
rem Starts linkplanner by double click: finds Python and hands over to run.py.
cd /d "%~dp0"
set LINKPLANNER_PYTHON=
for %%v in (3.14 3.13 3.12 3.11) do if not defined LINKPLANNER_PYTHON (
  py -%%v -c "" >nul 2>nul && set LINKPLANNER_PYTHON=py -%%v
)
if not defined LINKPLANNER_PYTHON (
  python -c "" >nul 2>nul && set LINKPLANNER_PYTHON=python
)
if not defined LINKPLANNER_PYTHON (
  echo linkplanner needs Python 3.11 to 3.14; get it from python.org, then start this file again.
  pause
  exit /b 2
)
%LINKPLANNER_PYTHON% run.py %*
if errorlevel 1 pause
