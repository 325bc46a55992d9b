"""Resident memory of the real window while 32 racers run at full speed: ``memory_hour.py [minutes]``, 60 by default."""

import sys

from real_window import RACERS, close, racing_window, run_for

GOAL_MB = 500.0
ROUNDS_OF_RACERS = 4
HOUR_MINUTES = 60.0
SECONDS_BETWEEN = 60.0


def resident_mb(kind: str = "VmRSS") -> float:
    """Return what of this process lies in memory now; "VmHWM" for the most that ever did.

    Raises
    ------
    SystemExit
        Where the system does not tell.
    """
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            sizes = dict(line.split(":", 1) for line in status)
    except OSError:
        raise SystemExit("This system does not tell the resident size in /proc.") from None
    return int(sizes[kind].split()[0]) / 1024


def main() -> None:
    """Print the resident size every minute, and at the end the most it ever was, between two minutes as well."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else HOUR_MINUTES
    window = racing_window(RACERS * ROUNDS_OF_RACERS)
    passed = 0.0
    while passed < 60.0 * minutes:
        pause = min(SECONDS_BETWEEN, 60.0 * minutes - passed)
        run_for(pause)
        passed += pause
        print(f"{passed / 60.0:5.1f} min  step {window.frame.step:13,}  {resident_mb():5.0f} MB", flush=True)
    racers = len(window.frame.racers)
    most = resident_mb("VmHWM")
    print(f"resident with {racers} racers for {minutes:g} min: at most {most:.0f} MB (goal {GOAL_MB:.0f} MB)")
    close(window)


if __name__ == "__main__":
    main()
