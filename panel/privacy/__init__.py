"""Export, erase, object, retain: reads every model's PersonalData."""
