/* table: what was read is written, and read again as the same. */

#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "file.h"
#include "items.h"
#include "table.h"

static const char *const columns[] = { "a", "b", "c", "d", NULL };

struct seen {
	struct text out;
	size_t rows;
};

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
	if (table_open(&t, path, columns, &f) == 0)
		table_rows(&t, take, s, &f);
	table_close(&t);
	must(f.code == 0 || f.code == EX_DATAERR);
	return f.code;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct seen a = { TEXT_INIT, 0 }, b = { TEXT_INIT, 0 };
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
