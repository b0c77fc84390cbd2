"""One story on one channel, at its time, once: the go-live loop, the list of what goes out, the
pause.
"""
