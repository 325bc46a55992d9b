"""Measures the real window: start, frames, turns, sliders, keystrokes, panning, lessons, arrows.  Needs a display."""

import explaining
import frame_interval
import keystroke
import lesson_start
import panning_window
import rule_swap
import slider_latency
import start_time
import swarm_window
import turns

if __name__ == "__main__":
    start_time.main()
    frame_interval.main()
    turns.main()
    slider_latency.main()
    keystroke.main()
    rule_swap.main()
    panning_window.main()
    swarm_window.main()
    lesson_start.main()
    explaining.main()
