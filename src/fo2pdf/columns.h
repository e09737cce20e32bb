/* Columns of equal height, above what spans them all. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "breaker.h"

/* Spreads what B says over at most COLUMNS parts, none higher than ROOM, so that they end as nearly as
 * can be on one level, none below those before it. Sets *PARTS (new, release with free); returns how
 * many, 0 when it does not fit. */
int columns_balance(const struct breaker *b, int columns, mpt room, struct breaker_part **parts);

#endif
