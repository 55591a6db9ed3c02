#include "CChildProcess.h"
