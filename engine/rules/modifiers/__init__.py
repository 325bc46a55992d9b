"""What can be added to any rule: wrappers change its lines, schedules change its learning rate step by step."""
