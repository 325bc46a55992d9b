"""What explains a step in the window: which racers are watched for it, the inspector, and the arrows at their heads."""
