load helper
load keys
load out
