"""The values of the steps of watched racers in the frames of a runner."""

from engine.live.commands import GoBack, Seek, SetRacers, Step, WatchSteps
from tests.engine.live.running import FIRST_RACERS, answered, running, wait_for


def test_only_watched_racers_tell_their_values_at_the_step_that_is_shown() -> None:
    with running() as runner:
        runner.post(Step(20))
        assert all(racer.watched is None for racer in answered(runner).racers)
        runner.post(WatchSteps(frozenset({2, 77})))
        frame = answered(runner)
        first, adam = frame.racers
        assert first.watched is None and adam.watched is not None
        made, coming = adam.watched.made, adam.watched.coming
        assert made is not None and coming is not None
        assert made.update == frame.step == 20 and coming.update == 21
        assert made.after_position == adam.position == coming.before_position
        assert made.value("m_hat") is not None


def test_the_values_follow_the_race_back_and_a_racer_that_comes_again() -> None:
    with running() as runner:
        runner.post(WatchSteps(frozenset({2})))
        start = answered(runner).racers[1].watched
        assert start is not None and start.made is None
        assert start.shown is not None and start.shown.update == 1
        runner.post(Step(20))
        runner.post(GoBack(5))
        frame = wait_for(runner, lambda frame: frame.step == 15)
        watched = frame.racers[1].watched
        assert watched is not None and watched.made is not None
        assert watched.made.update == 15 and watched.made.after_position == frame.racers[1].position
        runner.post(SetRacers(FIRST_RACERS[:1]))
        assert answered(runner).racers[0].watched is None
        runner.post(SetRacers(FIRST_RACERS))
        runner.post(Seek(12))
        watched = wait_for(runner, lambda frame: frame.step == 12).racers[1].watched
        assert watched is not None and watched.made is not None and watched.made.update == 12
