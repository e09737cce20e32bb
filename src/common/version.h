#ifndef VERSION_H
#define VERSION_H

#define CERTPRESS_VERSION "0.1"

#endif
