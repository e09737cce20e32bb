#include "kinds.h"
void iecex_add(struct draft *dr) { (void)dr; }
