"""What leaves the house: the rows that an event asks for, who sends them, and how often it is tried."""
