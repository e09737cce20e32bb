#include "kinds.h"
void csms_add(struct draft *dr) { (void)dr; }
