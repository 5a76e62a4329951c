#include "poc.h"

#include "filing.h"

static struct label poc_label = LABEL_INIT;

int
poc_load(const char *name, struct fail *f)
{
	poc_release();
	return label_load(&poc_label, name, f);
}

int
poc_record(const json_t *in, json_t **poc, struct fail *f)
{
	if (poc_label.data == NULL && poc_load("poc", f) != 0)
		return f->code;
	return filing_record(&poc_label, "poc", in, poc, f);
}

void
poc_release(void)
{
	label_release(&poc_label);
}
