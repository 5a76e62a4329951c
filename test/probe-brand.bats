load helper

# The comparison keys of package URLs and CPEs: lib/brand.

# same KEY NAME...: all have this key.
same() {
	local key=$1 s
	shift
	for s in "$@"; do
		run -0 "$VC_PROBE/probe-brand" <<<"$s"
		[ "$output" = "$key" ] || fail "$s: $output"
	done
}

@test "a package is the same in any version, with any qualifier" {
	same pkg:deb/debian/bind9 pkg:deb/debian/bind9 'pkg:deb/debian/bind9@1:9.4.2-10?arch=i386' \
		pkg:DEB/Debian/bind9@9 'pkg://deb/debian/bind9#doc/README' PKG:deb/debian/bind9 \
		'pkg:deb//debian/bind9/' pkg:deb/%64ebian/bind9
	same pkg:npm/@angular/core pkg:npm/%40angular/core@12.3.1 pkg:npm/@angular/core
	same pkg:pypi/django-rest pkg:pypi/Django_Rest@1 pkg:pypi/django-rest
	same pkg:generic/bind pkg:generic/bind 'pkg:generic/bind?download_url=https://x.example/a@b'
	same pkg:docker/cassandra pkg:docker/cassandra@sha256:244fd47e07d1004f0aed9c
}

@test "packages that are near each other are two" {
	same pkg:maven/org.Example/Core pkg:maven/org.Example/Core@1
	same pkg:maven/org.example/core pkg:maven/org.example/core@1
	same pkg:deb/ubuntu/bind9 pkg:deb/ubuntu/bind9
	same pkg:generic/a/b pkg:generic/a/b
	same pkg:generic/a%2Fb pkg:generic/a%2fb
}

@test "a product has one key in a CPE of 2.2 and of 2.3" {
	same cpe:isc:bind cpe:/a:isc:bind cpe:/a:isc:bind:9.4.2 CPE:/a:ISC:Bind:9 \
		'cpe:2.3:a:isc:bind:9.4.2:p1:*:*:*:*:*:*' 'cpe:2.3:a:ISC:BIND:-:*:*:*:*:*:*:*'
	same 'cpe:example:c++' 'cpe:/a:example:c%2b%2b' 'cpe:2.3:a:example:c\+\+:1:*:*:*:*:*:*:*'
	same 'cpe:example:a\:b' 'cpe:/a:example:a%3ab' 'cpe:2.3:a:example:a\:b:1:*:*:*:*:*:*:*'
	same cpe:yamaha:rt57i cpe:/h:yamaha:rt57i 'cpe:2.3:h:yamaha:rt57i:*:*:*:*:*:*:*:*'
}

@test "what is no package URL and no CPE has no key" {
	same - bind pkg: pkg:deb pkg:deb/ pkg:/bind 'pkg:deb/%zz' 'pkg:deb/a%0ab' \
		'pkg:deb/a%00b' pkg:deb/@1/ cpe: cpe:/a cpe:/a:isc cpe:/a::bind cpe:/x:isc:bind cpe:2.3:a:isc \
		cpe:/a:isc:bi%0and
}

@test "a CPE of any vendor or of any product means nobody" {
	same - 'cpe:2.3:a:*:bind:*:*:*:*:*:*:*:*' 'cpe:2.3:a:isc:*:*:*:*:*:*:*:*:*' \
		'cpe:2.3:a:isc:-:*:*:*:*:*:*:*:*' 'cpe:2.3:a:is?:bind:*:*:*:*:*:*:*:*' \
		cpe:/a:isc:bind* cpe:/a:-:bind
	same 'cpe:isc:b*' 'cpe:2.3:a:isc:b\*:*:*:*:*:*:*:*:*'
}
