/*
 * bare FILE: what libcsv alone takes for a table, in its own way: 64 KiB at a
 * time, nothing looked at. Prints how many rows and cells there are.
 */
#include <csv.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct count {
	size_t rows, cells;
};

static void
cell(void *p, size_t n, void *arg)
{
	(void)p;
	(void)n;
	((struct count *)arg)->cells++;
}

static void
row(int end, void *arg)
{
	(void)end;
	((struct count *)arg)->rows++;
}

int
main(int argc, char **argv)
{
	static char block[64 << 10];
	struct count c = { 0, 0 };
	struct csv_parser csv;
	ssize_t n;
	int fd = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;

	if (fd < 0 || csv_init(&csv, CSV_STRICT) != 0)
		return 1;
	while ((n = read(fd, block, sizeof block)) > 0)
		if (csv_parse(&csv, block, (size_t)n, cell, row, &c) !=
		    (size_t)n)
			return 1;
	if (csv_fini(&csv, cell, row, &c) != 0)
		return 1;
	printf("%zu %zu\n", c.rows, c.cells);
	return n == 0 ? 0 : 1;
}
