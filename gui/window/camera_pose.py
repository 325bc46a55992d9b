"""The camera of the 3-D view as the session holds it, and back; the session knows no views."""

from __future__ import annotations

from dataclasses import replace

from gui.session.choices import CameraPose
from gui.views.surface.camera import Camera, StandardView
from gui.views.surface.key_bindings import STANDARD_VIEWS


def pose_of(seen_from: Camera | StandardView, home_distance: float) -> CameraPose:
    """Return the pose of a camera, in a view whose home view is seen from `home_distance`."""
    if isinstance(seen_from, StandardView):
        return CameraPose(seen_from.name, seen_from.parallel)
    camera = seen_from
    distance = camera.distance / home_distance
    return CameraPose("", camera.parallel, camera.elevation, camera.azimuth, distance, camera.centre)


def camera_of(pose: CameraPose, home_distance: float) -> Camera | StandardView:
    """Return the camera or the standard view of a pose, in a view whose home view is seen from `home_distance`."""
    for standard_view in STANDARD_VIEWS.values():
        if standard_view.name == pose.standard:
            return replace(standard_view, parallel=pose.parallel)
    return Camera(pose.elevation, pose.azimuth, pose.distance * home_distance, pose.centre, pose.parallel)
