"""What ties the wings together: settings, addresses and checks. Nobody imports from here."""
