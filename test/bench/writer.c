/* Write the files that stdin names, a path and a number of octets a line, below
 * the folder argv[1]: what a site costs when nothing is thought about. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
make(const char *path)
{
	char part[4096];
	const char *slash = path;
	int fd;

	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd >= 0)
		return fd;
	while ((slash = strchr(slash + 1, '/')) != NULL) {
		snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
		mkdir(part, 0755);
	}
	return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
}

int
main(int argc, char **argv)
{
	static char buffer[16 << 20], path[4096];
	size_t n;
	int fd;

	memset(buffer, 'x', sizeof buffer);
	if (argc != 2 || chdir(argv[1]) != 0)
		return 1;
	while (scanf("%4095s %zu", path, &n) == 2) {
		fd = make(path);
		if (fd < 0 || n > sizeof buffer ||
		    write(fd, buffer, n) != (ssize_t)n)
			return 1;
		close(fd);
	}
	return 0;
}
