"""Measures the real window: its start, its frame intervals, a slider's way to the race.  Needs a display."""

import frame_interval
import slider_latency
import start_time

if __name__ == "__main__":
    start_time.main()
    frame_interval.main()
    slider_latency.main()
