/*
 * table: what was read is written, and read again as the same. scan: its rows,
 * cells and faults are those of libcsv.
 */

#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "file.h"
#include "items.h"
#include "scan.h"
#include "table.h"

static const char *const columns[] = { "a", "b", "c", "d", NULL };

struct seen {
	struct text out;
	size_t rows, at; /* at: of the last row */
};

/* Both in step: the rows of libcsv, and those of scan.h. */
struct both {
	const struct seen *want;
	struct seen got;
	struct scan *scan;
};

static int
compare(void *arg, const struct table_row *row, struct fail *f)
{
	struct both *b = arg;
	struct text again = TEXT_INIT;
	size_t from = b->got.out.n;

	(void)f;
	table_write(&b->got.out, row->cell, 4);
	must(b->got.out.n <= b->want->out.n);
	must(memcmp(b->got.out.p + from, b->want->out.p + from,
		 b->got.out.n - from) == 0);
	b->got.rows++;
	b->got.at = row->at;
	table_write(&again, scan_row(b->scan, row->at)->cell, 4);
	must(again.n == b->got.out.n - from);
	must(memcmp(again.p, b->got.out.p + from, again.n) == 0);
	text_release(&again);
	return 0;
}

static void
scan_same(const struct table *t, const struct seen *want, const struct fail *w)
{
	struct scan scan = SCAN_INIT;
	struct both b = { want, { TEXT_INIT, 0, 0 }, &scan };
	struct fail f = FAIL_INIT;

	table_write(&b.got.out, columns, 4);
	scan_table(&scan, t);
	scan_rows(&scan, compare, &b, &f);
	must(f.code == w->code && strcmp(f.why, w->why) == 0);
	must(b.got.rows == want->rows && b.got.at == want->at);
	scan_release(&scan);
	text_release(&b.got.out);
}

static int
take(void *arg, const struct table_row *row, struct fail *f)
{
	struct seen *s = arg;
	struct text cell = TEXT_INIT;
	json_t *list, *again;
	size_t i;

	(void)f;
	must(row->at > 0);
	must(row->cell[0] != NULL);
	table_write(&s->out, row->cell, 4);
	s->rows++;
	s->at = row->at;
	for (i = 0; i < 4 && row->cell[i] != NULL; i++) {
		must(strlen(row->cell[i]) <= TABLE_FIELD);
		list = items_split(row->cell[i]);
		text_clear(&cell);
		items_join(list, &cell);
		again = items_split(cell.p);
		must(json_equal(list, again));
		json_decref(list);
		json_decref(again);
	}
	text_release(&cell);
	return 0;
}

static int
read_again(const char *p, size_t n, struct seen *s)
{
	static int fd = -1;
	char path[64];
	struct table t = TABLE_INIT;
	struct fail f = FAIL_INIT;

	if (fd < 0)
		fd = memfd_create("table", MFD_CLOEXEC);
	must(fd >= 0 && ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0);
	must(file_write(fd, p, n) == 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (table_open(&t, path, columns, &f) == 0) {
		table_rows(&t, take, s, &f);
		scan_same(&t, s, &f);
	}
	table_close(&t);
	must(f.code == 0 || f.code == EX_DATAERR);
	return f.code;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct seen a = { TEXT_INIT, 0, 0 }, b = { TEXT_INIT, 0, 0 };
	char *p = fuzz_copy(data, n);

	table_write(&a.out, columns, 4);
	table_write(&b.out, columns, 4);
	if (read_again(p, n, &a) == 0) {
		must(read_again(a.out.p, a.out.n, &b) == 0);
		must(a.rows == b.rows && a.out.n == b.out.n);
		must(memcmp(a.out.p, b.out.p, a.out.n) == 0);
	}
	text_release(&a.out);
	text_release(&b.out);
	free(p);
	return 0;
}
