"""The menus that open by a right click on the views of the landscape."""
