#include <stdio.h>

int main(void)
{
	puts("rotonde " ROTONDE_VERSION);
	return 0;
}
