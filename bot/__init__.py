"""The edge and the assembly: the only room with vendor SDKs, environment, clock and signals."""
