"""Measures the real window: its start, its frames, the ways of a slider and of keystrokes.  Needs a display."""

import frame_interval
import keystroke
import rule_swap
import slider_latency
import start_time

if __name__ == "__main__":
    start_time.main()
    frame_interval.main()
    slider_latency.main()
    keystroke.main()
    rule_swap.main()
