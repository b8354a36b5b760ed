"""Reading a mail: what any bytes say, in linear time and without ever failing."""
