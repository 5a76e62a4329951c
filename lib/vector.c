#include "vector.h"

#include <stddef.h>

/* clang-format off */
/* made by test/key/vectors */
#define K_HITACHI \
	"mDMEZZIAgBYJKwYBBAHaRw8BAQdA/p+Ske9EX2fuTfvjssNM0fVZ1DIKJXWoAu01\n" \
	"ViwpXy60JUhpdGFjaGkgUFNJUlQgPHBzaXJ0QGhpdGFjaGkuZXhhbXBsZT6IkAQT\n" \
	"FggAOBYhBKxSiEvhPx7BZr+Ide7FPbWDbBi7BQJlkgCAAhsDBQsJCAcCBhUKCQgL\n" \
	"AgQWAgMBAh4BAheAAAoJEO7FPbWDbBi7Qn8A/AxuuEf6l5h2a0vHnPe03WJztspA\n" \
	"LwUI6St8bXY0EKH3AQCUwVBI8OpCtwJ250ec8ArZ870xh86rHQeHSQ1TG0y+CA==\n" \
	"=DvWs\n"
#define K_FUJITSU \
	"mDMEZZIAgBYJKwYBBAHaRw8BAQdA1XTebEi8Oy4YbPmhkBOEYmcxneXBeEGmzJn4\n" \
	"Gl5KZIi0JUZ1aml0c3UgUFNJUlQgPHBzaXJ0QGZ1aml0c3UuZXhhbXBsZT6IkAQT\n" \
	"FggAOBYhBASrVZDmpYVu6uZrsEoHeIDmv0a+BQJlkgCAAhsDBQsJCAcCBhUKCQgL\n" \
	"AgQWAgMBAh4BAheAAAoJEEoHeIDmv0a+jdoBANAoqlAfgt8WNdhA4kuxKVbTMqkX\n" \
	"gCr3eFmwEJnMG693AQDetfAC09Tgut5tAtrbkYCTF1zs2THJBnKiqonjs47fAQ==\n" \
	"=9poI\n"
#define K_YAMAHA \
	"mDMEZZIAgBYJKwYBBAHaRw8BAQdA0raZS1FCu6ORW0qAZVpwRcftfCPUTvKA0zqY\n" \
	"U3O9qJu0I1lBTUFIQSBQU0lSVCA8cHNpcnRAeWFtYWhhLmV4YW1wbGU+iJAEExYI\n" \
	"ADgWIQQWafVMuqtUWym4X/IXUqGsmtwHnwUCZZIAgAIbAwULCQgHAgYVCgkICwIE\n" \
	"FgIDAQIeAQIXgAAKCRAXUqGsmtwHn/2RAP9tMlAYrIKshdXIIi+dSgbmow3X6lNI\n" \
	"26xjNUqnxY/O6wEAkPL12hLXVVL5dej//zlkrrI/uLqYQyaPdOP8ZsTs6AO4MwRl\n" \
	"kgCAFgkrBgEEAdpHDwEBB0D2P7GjsZrnc8RErQJrLCi6NpIIfWQccdOIISMjEisD\n" \
	"7IjvBBgWCAAgFiEEFmn1TLqrVFspuF/yF1KhrJrcB58FAmWSAIACGwIAgQkQF1Kh\n" \
	"rJrcB592IAQZFggAHRYhBKyqyNUgvKf2C1ltb5SFcYGZqMzuBQJlkgCAAAoJEJSF\n" \
	"cYGZqMzu3y8BALn3hTRMyiuaBYp1Se8ca/HB82DkpjKchY99joY08EmMAQD7ui70\n" \
	"3P/apdZmLmlveAHK7p1sgIU2Jc8WGH4xitmRBmBJAP0a1cEj0WCFQ2n1zF+e4NY9\n" \
	"ACTsFjC7VONwrtrdfYbFVQD5AQ3alJZpWslyp02qaxOpSm/daLceZbdPBcQeJC7M\n" \
	"fgY=\n=61PD\n"
#define K_OKI \
	"mQGNBGWSAIABDADJcsuLzSfFymt5knnX826tZLRwwE6ZAEA5r7aAryy+lc1IGmNW\n" \
	"J2KfNsEql5JTFnNJLzhDY1/RFp+7Dygl7kAzZhJVDUMKWlcCzobwKi5AI+1yI/zk\n" \
	"OTp/GqVBlVVMEOgXJG9OaF+YH+Wt4VZBG9SRBndCq9oYt/QXcj+/5lKYbo6ZPHgb\n" \
	"ue776iQnRt9jO1cBTMl+DaxN3xLKWMQhTgQqpr5B+E+kgOkA/Wulm1Yh/PaubT3B\n" \
	"CXtu/dKrh/rS85wB9hc3WRdjM5w5R/h/NF/L2H1Lmjeepp1e+TkWqjKkdiIqxNqO\n" \
	"qftMjtrZQdlFsjgJYihJflN6aFVPYQd63YxW0fESs+VOAocL6uO3OwmMsHvdoUjn\n" \
	"2GsVRF1tgYpcAdc9wuvzD4Xi2gxaGzgXK9Kng1JLmt8F8CetihOjbppl+qvZAxOn\n" \
	"4Cs3DiVZ+zzPBIOqNyZyeYiT24qSxv8wRYvgdRlPNx0edxoHKFDwE/B99quzRmy0\n" \
	"GSlIXWhKt9DpohcAEQEAAbQdT2tpIFBTSVJUIDxwc2lydEBva2kuZXhhbXBsZT6J\n" \
	"Ac4EEwEKADgWIQR4fooDKrhs3rNYjgrqI5o3r61iZQUCZZIAgAIbAwULCQgHAgYV\n" \
	"CgkICwIEFgIDAQIeAQIXgAAKCRDqI5o3r61iZT4KDACP8V1D3cvuVxmVIWV02MNT\n" \
	"6eLzLpJxb5ko+3yv3/cTxf2Awjjtdy2OseY81uqAxJiFYXKfPWDCF9xP0LCUlLj4\n" \
	"dpWoh9irvc77CecKL8DRy428O3lvF9kmiXimlWIItMhJUkx2fCjJu0jpdIq74lhZ\n" \
	"jlTmOsR29XzfYVe858z6W6x/ifDs/HVSy3GzEoTymcO2jKC1SfYzO90GdoT6k1Dc\n" \
	"+RyERpxUAcJEpZZsob9xJwQhDGb9U0BzQUE7eN5Hias0dsv4RHR/9XaOosN+H4bh\n" \
	"2i3WlSYkaX4icQTqWiSdfkI2uAO3ENt4fX1pxsv6BE5dLbL2ofLvSiU+7woUxQeu\n" \
	"6y2Q5s0dKPdPKm7yIEK5TdPyCivKHbOCiOjvB3uiiBIebNp9IYKfl3cjcvwh6pVu\n" \
	"cit7k39ASGNAL0IGDg1U7uSaxXX2Yi9gwL8bdyISPn/qXSctEEm+X5mHuHP0L5Wy\n" \
	"elUCA4oMMRUqA546yBrr3rdMxSDmReTaOEIdCEWAZxI=\n=GGTi\n"
#define K_WEAK \
	"mI0EZZIAgAEEALNatXcPt/MdF0QqKw5RL48m+WCaBCvYCQgD8+GnxSBUWmYhLUqg\n" \
	"VQ0cUFy0891pSRMtLkukEsUSd6beqRiG2sDmrMwWywmxEyDzMvxox8dFDxVqj9KP\n" \
	"J/KEmtcy2rmQtCyq8KXlKkaC5UMcXnr744W827yuiqM7YeAjGfo9dgGrABEBAAG0\n" \
	"H1dlYWsgUFNJUlQgPHBzaXJ0QHdlYWsuZXhhbXBsZT6IzgQTAQoAOBYhBKQl6MnZ\n" \
	"NgXcowz0pQqS8hKHMn+6BQJlkgCAAhsDBQsJCAcCBhUKCQgLAgQWAgMBAh4BAheA\n" \
	"AAoJEAqS8hKHMn+6bi4EAImw294Z1cKM0XP2gq6/XHl26nJYiyUPPcRessVg8qnF\n" \
	"QkygRI0th+0roHsYuT27mN9s2j0zeyPYg6K83o8CV8nIOEJMK8vhnH1tmZIps+rw\n" \
	"q4GUqDF/JLuOLd+7WeDzhmPZN7o4ko8FOKSwWPvSp1O1nE8HBaGKzNppVuzqAWp6\n" \
	"=hndm\n"
#define K_EXPIRED \
	"mDMEZZIAgBYJKwYBBAHaRw8BAQdASB7og1PPQac0EHh6YDDLIhlLW9pyK2ulQH6S\n" \
	"hJ6G6W60JUV4cGlyZWQgUFNJUlQgPHBzaXJ0QGV4cGlyZWQuZXhhbXBsZT6IlgQT\n" \
	"FggAPhYhBCfd/zq/iAWaQgeu8JjZbDaI72hSBQJlkgCAAhsDBQkB4TOABQsJCAcC\n" \
	"BhUKCQgLAgQWAgMBAh4BAheAAAoJEJjZbDaI72hSJbUA+wW1A1cTAGWOthvsKIgJ\n" \
	"QyYOEm0poGpmaQO2Rta50sQlAQDu3Gk71SPFxceWMNYPRyKtOmbxN87fUxuelNZu\n" \
	"E1JZDg==\n=srJW\n"
#define K_REVOKED \
	"mDMEZZIAgBYJKwYBBAHaRw8BAQdAaHoNfmLXYyisMAeAyzoFzu8sxSPRNohYZR5C\n" \
	"bCNv4E2IeAQgFggAIBYhBP6MfeJoagqr8BEVS0hCgxCSOYt1BQJlkgCAAh0AAAoJ\n" \
	"EEhCgxCSOYt12bIBANCY6KYJh0LMyS9mfdq8kdfGPrTVMnlO6BYYltSZq7vcAP44\n" \
	"H6IAPkLVCXavnfRRHse48ZF/P/N4DMxOYEWxZvrGA7QlUmV2b2tlZCBQU0lSVCA8\n" \
	"cHNpcnRAcmV2b2tlZC5leGFtcGxlPoiQBBMWCAA4FiEE/ox94mhqCqvwERVLSEKD\n" \
	"EJI5i3UFAmWSAIACGwMFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQSEKDEJI5\n" \
	"i3WWaQD/dAcMf/gvvu4yIbs+jGYjBh5C5oN97CUjUJPQCFVxpNUA/2gz7g4qE3UL\n" \
	"VJDHe/zt6npBSjebdUol5IsrMCz4Df0M\n=PiJi\n"
#define S_CLEAR \
	"iHUEARYKAB0WIQSsUohL4T8ewWa/iHXuxT21g2wYuwUCZlsNQAAKCRDuxT21g2wY\n" \
	"uwCrAP4mvE9lsk6G3JErPSUr3mKSErji1VgEkeOQzzrKFhOVEgD/bQ1BBzKLFiTY\n" \
	"K9UD7qahkRryVrYXvFRw/MFAo9Jm/ww=\n=il76\n"
#define S_MIME \
	"iHUEABYKAB0WIQSsUohL4T8ewWa/iHXuxT21g2wYuwUCZlsNQAAKCRDuxT21g2wY\n" \
	"u57mAQChFj1U7rFvIOKHjQ2WptYT6fxsHdEgcJzzoQcEHcZL0QEAkHFBkRjQ/qob\n" \
	"Dmyx7iOwTdNAd7tLDF6Tfef9vLhYAwE=\n=q/OW\n"
#define S_SUBKEY \
	"iHUEABYKAB0WIQSsqsjVILyn9gtZbW+UhXGBmajM7gUCZlsNQAAKCRCUhXGBmajM\n" \
	"7mn3AQDZGz6zsmHavFVdGv4NORcDcxnS5DjZ/ABuWB0jCk34SQD9H/yUhmxL7CBN\n" \
	"2mVydAxWeWQLDKs9xNN9kRMVDx/Hbwk=\n=Tu0m\n"
#define S_RSA \
	"iQGzBAEBCgAdFiEEeH6KAyq4bN6zWI4K6iOaN6+tYmUFAmZbDUAACgkQ6iOaN6+t\n" \
	"YmVbwAv9Ea/R1Xhv2AACQM4R2ni4f9he1AyhMbcEzUhRFrLc2RC+C5Q3zq02A6jb\n" \
	"jvKXAh+C++OgvCULTL9bYfgoq0AybUr6WW0wom/ukTA301+7k07PSAwYDXk/ceOY\n" \
	"nUTXOJy0L6KApV2qnF4zyZZeBCFewjPPr4+vtn/wUbZFAQTLx3V4uoXeKSlj2c6l\n" \
	"sGflpH+qd4+nIBQ5PJZPRNchj7UjVGndiYbe6GqH7hLBPeVan01/D8ibt9KPJVwp\n" \
	"+6arIARZHjAdUbSnS7vT50N124slLuVfl178IrkH49DPwL/cpIc/e6uGikKtLQO0\n" \
	"fAN3vFAidiOPgL0NCVFxQHuavOoUNh09RMgTzcb+Q8w2FKUy1zZv0c6NQUZLblLk\n" \
	"lkeot4BpVHxElP7zsBJwq/2AoagqPtUISl++Cu6t4vFCaQzUaMReh8KU8bT0gNYt\n" \
	"OebCsOzXYE3Va1d4Z8r7MUXBvDOpQoagkRtwuzzeZWWmf5CeBmeDRdmxAzxjMhi9\n" \
	"UVzIJ7eJ\n=CPzn\n"
#define S_CHANGED \
	"iHUEABYKAB0WIQSsUohL4T8ewWa/iHXuxT21g2wYuwUCZlsNQAAKCRDuxT21g2wY\n" \
	"u57mAQChFj1U7rFvIOKHjQ2WptYT6fxsHdEgcJzzoQcEHcZL0QEAkHFBkRjQ/qob\n" \
	"Dmyx7iOwTdNAd7tLDF6Tfef9vLhYA1U=\n=5Pgs\n"
#define S_SHA1 \
	"iHUEARYCAB0WIQSsUohL4T8ewWa/iHXuxT21g2wYuwUCZlsNQAAKCRDuxT21g2wY\n" \
	"u+2EAP9GH7N+DH/haNtDCFKjJKf1U+w+r7Gw06zfBFE0y67n1wEA1eNTdrxPq13F\n" \
	"/aYKyI1OB3B6rrZGIjxJEcsUYCpMLQg=\n=wRNE\n"
#define S_MD5 \
	"iLMEAAEBAB0WIQSkJejJ2TYF3KMM9KUKkvIShzJ/ugUCZlsNQAAKCRAKkvIShzJ/\n" \
	"ul0CA/9DirphmUvgENZo0xhQriyzz0C6th5rtOdOpyP7zJlI3NngNwGmx+YbJpCD\n" \
	"KDCsugnB1jIMNNDT8J3iN++3kaKxCM6l7W9UvI+9micgcquxzOitMl84BhWBT8wA\n" \
	"kRxCmh4vECuT+bLPTOiYL1j19K9KE4mx8/A4GZb4lk0D5GagCw==\n=M3b3\n"
#define S_V3 \
	"iJUDBQBmWw1ACpLyEocyf7oBAThmBACMHoZ5XTYTwH6d28PX/B8FXDBBo8CGxdtj\n" \
	"OHdNCCMBcQZJsww6lRqMqwKCm4yanBwYapETEbwOKrwWrN+y+vk7Y12RFTWHHffR\n" \
	"NSnRMRs6aSefEG6igI1dyj0AG7lunSxb5IDmraIlzdMYMBFYiaEjZIxn7DxV9XNV\n" \
	"uZ/sUI/HUA==\n=6Ix7\n"
#define S_WEAK \
	"iLMEAQEKAB0WIQSkJejJ2TYF3KMM9KUKkvIShzJ/ugUCZlsNQAAKCRAKkvIShzJ/\n" \
	"uq/jA/9hKKHYXD2YWWYeMjK2QU3Cet0Sjw1GV9bnv2Cntl9HwuiS6iJHuTsoe5Vr\n" \
	"PfHfKy0XtLXfD5DwnmbFA8NTCg96LfgzwbrTLPRnnn7pSJ+OUfLTnuMO2CyFKQ52\n" \
	"aEU6rBR5eKYeaX+2048/BZllI6TTd3/GNAoiDZUq1r1b1Ozylg==\n=qDlj\n"
#define S_ATTACKER \
	"iHUEARYKAB0WIQQ9eEuHo1i40XsRozMwCqOciZPUiwUCZlsNQAAKCRAwCqOciZPU\n" \
	"iyS3AQDkEmsl74IYWG27k1EFFRK5hHgbLxV8paXCKbX6Bqke5gD/StNwtIxZQMOZ\n" \
	"ZoNGA2O1uHQqpnfoy2xPAWwlGz6O5QI=\n=panq\n"
#define S_FUJITSU \
	"iHUEARYKAB0WIQQEq1WQ5qWFburma7BKB3iA5r9GvgUCZlsNQAAKCRBKB3iA5r9G\n" \
	"vtShAPsF7qzgESR6MNl9HidADvX84p1zsCX7zYe5kbtU2jtD3QD/RhrCWRmULwmH\n" \
	"iJKa9LVxki2JTHhgu0ZeHmJqayGUGwg=\n=+e7C\n"
#define S_ENDED \
	"iHsEARYKACMWIQSsUohL4T8ewWa/iHXuxT21g2wYuwUCZlsNQAWDAAFRgAAKCRDu\n" \
	"xT21g2wYu4rcAQDH35A9sHVed9jx+Ej5MjGSs3pP/fEYosldvdkNqY/5OQEAwkmO\n" \
	"3YB3gl+8h3ylXF7bNzjyhXGMnYMiCCbwcnN7Owg=\n=rVH1\n"
#define S_TWO \
	"iHUEARYKAB0WIQSsUohL4T8ewWa/iHXuxT21g2wYuwUCZlsNQAAKCRDuxT21g2wY\n" \
	"uwCrAP4mvE9lsk6G3JErPSUr3mKSErji1VgEkeOQzzrKFhOVEgD/bQ1BBzKLFiTY\n" \
	"K9UD7qahkRryVrYXvFRw/MFAo9Jm/wyIdQQBFgoAHRYhBASrVZDmpYVu6uZrsEoH\n" \
	"eIDmv0a+BQJmWw1AAAoJEEoHeIDmv0a+1KEA+wXurOARJHow2X0eJ0AO9fzinXOw\n" \
	"JfvNh7mRu1TaO0PdAP9GGsJZGZQvCYeIkpr0tXGSLYlMeGC7Rl4eYmprIZQbCA==\n" \
	"=Pqc3\n"
#define S_FEED \
	"iHUEARYKAB0WIQSsUohL4T8ewWa/iHXuxT21g2wYuwUCZlsNQAAKCRDuxT21g2wY\n" \
	"u69qAP9RqmZoLZaKA9LTiPS3TIxOfth4u/xhT9CbZhi2s70+5QEA98pDvr7BSF2Y\n" \
	"o4QCRup6+lFK0Jtr1ZQm21df8tI5zQ8=\n=3qKj\n"
#define S_OPAQUE \
	"kA0DAAoW7sU9tYNsGLsBy1xiAGZbDUBDb250ZW50LVR5cGU6IHRleHQvcGxhaW47\n" \
	"IGNoYXJzZXQ9VVRGLTgNCg0KT3VyIHByb2R1Y3RzIGFyZSBub3QgYWZmZWN0ZWQu\n" \
	"DQotLQ0KUFNJUlQNCoh1BAAWCgAdFiEErFKIS+E/HsFmv4h17sU9tYNsGLsFAmZb\n" \
	"DUAACgkQ7sU9tYNsGLue5gEAoRY9VO6xbyDih40NlqbWE+n8bB3RIHCc86EHBB3G\n" \
	"S9EBAJBxQZEY0P6qGw5sse4jsE3TQHe7Swxek33n/by4WAMB\n=PPAb\n"
#define S_LITERAL \
	"y1xiAGZbDUBDb250ZW50LVR5cGU6IHRleHQvcGxhaW47IGNoYXJzZXQ9VVRGLTgN\n" \
	"Cg0KT3VyIHByb2R1Y3RzIGFyZSBub3QgYWZmZWN0ZWQuDQotLQ0KUFNJUlQNCg==\n" \
	"=8O5k\n"
#define S_CERTIFICATE \
	"iJAEExYIADgWIQSsUohL4T8ewWa/iHXuxT21g2wYuwUCZZIAgAIbAwULCQgHAgYV\n" \
	"CgkICwIEFgIDAQIeAQIXgAAKCRDuxT21g2wYu0J/APwMbrhH+peYdmtLx5z3tN1i\n" \
	"c7bKQC8FCOkrfG12NBCh9wEAlMFQSPDqQrcCdudHnPAK2fO9MYfOqx0Hh0kNUxtM\n" \
	"vgg=\n=Aa6U\n"
#define S_EXPIRED \
	"iHUEARYKAB0WIQQn3f86v4gFmkIHrvCY2Ww2iO9oUgUCZ3KLQAAKCRCY2Ww2iO9o\n" \
	"Um/YAQDmbUEuJ4eFplf+5mO+j6Y+aaUKnzAdN70rX9o9XSB5VQEAkGIzj1jGm9Ui\n" \
	"z5W3yz6m8CTjpHdu73gwgBf/pbs7NAY=\n=yMhG\n"
#define S_REVOKED \
	"iHUEARYKAB0WIQT+jH3iaGoKq/ARFUtIQoMQkjmLdQUCZlsNQAAKCRBIQoMQkjmL\n" \
	"dSxyAQCjdUK73JIfuU4T3PIHW6GU4268WbsTY0EYKgyT6RcfsgEA8mNlXHBMTdy0\n" \
	"/WBkfshBw8/bqKnCOPRMrNgW9yiI2QI=\n=8eMz\n"
/* end of made */
/* clang-format on */

#define HITACHI "psirt@hitachi.example"
#define FUJITSU "psirt@fujitsu.example"
#define YAMAHA "psirt@yamaha.example"
#define OKI "psirt@oki.example"
#define WEAK "psirt@weak.example"
#define EXPIRED "psirt@expired.example"
#define REVOKED "psirt@revoked.example"

#define KEY(key) \
	"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n" key \
	"-----END PGP PUBLIC KEY BLOCK-----\n"

const struct vector_vendor vector_vendors[] = {
	{ "hitachi", HITACHI, KEY(K_HITACHI) },
	{ "fujitsu", FUJITSU, KEY(K_FUJITSU) },
	{ "yamaha", YAMAHA, KEY(K_YAMAHA) },
	{ "oki", OKI, KEY(K_OKI) },
	{ "weak", WEAK, KEY(K_WEAK) },
	{ "expired", EXPIRED, KEY(K_EXPIRED) },
	{ "revoked", REVOKED, KEY(K_REVOKED) },
	{ NULL, NULL, NULL },
};

#define FIRST "Our products are not affected.\n"
#define REST "- --\nPSIRT\n"
#define SHA512 "Hash: SHA512\n"

#define HEAD(from) \
	"From: " from "\nTo: vuls@centre.example\nSubject: JVN#12345678\n" \
	"MIME-Version: 1.0\n"
#define PLAIN "Content-Type: text/plain; charset=UTF-8\n\n"
#define ARMOR(kind, packets) \
	"-----BEGIN PGP " kind "-----\n\n" packets "-----END PGP " kind \
	"-----\n"
#define BLOCK(packets) ARMOR("SIGNATURE", packets)
#define FRAME(head, text, packets) \
	"-----BEGIN PGP SIGNED MESSAGE-----\n" head "\n" text BLOCK(packets)
#define CLEAR(from, text, packets) HEAD(from) PLAIN FRAME(SHA512, text, packets)
#define SIGNED(text, block, more) \
	"Content-Type: multipart/signed; boundary=b; " \
	"protocol=\"application/pgp-signature\"\n\n--b\n" PLAIN text \
	"\n--b\nContent-Type: application/pgp-signature\n\n" block more \
	"--b--\n"
#define MIME(from, text, block) HEAD(from) SIGNED(text, block, "")

#define THEN "2024-06-01T12:05:00Z"
#define LATER "2024-06-20T00:00:00Z"
#define BEFORE "2024-05-31T00:00:00Z"

const struct vector vectors[] = {
	/* What is good. */
	{ "clearsigned", "signed", THEN, CLEAR(HITACHI, FIRST REST, S_CLEAR) },
	{ "mime", "signed", THEN, MIME(HITACHI, VECTOR_TEXT, BLOCK(S_MIME)) },
	{ "subkey", "signed", THEN,
	    MIME(YAMAHA, VECTOR_TEXT, BLOCK(S_SUBKEY)) },
	{ "rsa", "signed", THEN, CLEAR(OKI, FIRST REST, S_RSA) },
	{ "expired-since", "signed", "2024-12-30T12:05:00Z",
	    CLEAR(EXPIRED, FIRST REST, S_EXPIRED) },

	/* Not what was signed. */
	{ "clearsigned-changed", "bad", THEN,
	    CLEAR(HITACHI, "Our products are now affected.\n" REST, S_CLEAR) },
	{ "clearsigned-appended", "bad", THEN,
	    CLEAR(HITACHI, FIRST REST "Call 12345.\n", S_CLEAR) },
	{ "clearsigned-emptied", "bad", THEN, CLEAR(HITACHI, "\n", S_CLEAR) },
	{ "mime-changed", "bad", THEN,
	    MIME(HITACHI, "Our products are now affected.\n--\nPSIRT\n",
		BLOCK(S_MIME)) },
	{ "mime-header-changed", "bad", THEN,
	    MIME(HITACHI, "\n" VECTOR_TEXT, BLOCK(S_MIME)) },
	{ "signature-changed", "bad", THEN,
	    MIME(HITACHI, VECTOR_TEXT, BLOCK(S_CHANGED)) },
	{ "signature-of-another-mail", "bad", THEN,
	    MIME(HITACHI, VECTOR_TEXT, BLOCK(S_CLEAR)) },
	{ "hash-misnamed", "unsupported", THEN,
	    HEAD(HITACHI) PLAIN FRAME("Hash: SHA256\n", FIRST REST, S_CLEAR) },

	/* Tricks with the frame. */
	{ "text-before", "partial", THEN,
	    HEAD(HITACHI) PLAIN
	    "Call 12345.\n" FRAME(SHA512, FIRST REST, S_CLEAR) },
	{ "text-after", "partial", THEN,
	    CLEAR(HITACHI, FIRST REST, S_CLEAR) "Call 12345.\n" },
	{ "two-frames", "partial", THEN,
	    CLEAR(HITACHI, FIRST REST, S_CLEAR)
		FRAME(SHA512, FIRST REST, S_CLEAR) },
	{ "not-dash-escaped", "partial", THEN,
	    HEAD(HITACHI) PLAIN FRAME(
		SHA512 "NotDashEscaped: yes\n", FIRST "--\nPSIRT\n", S_CLEAR) },
	{ "form-feed", "malformed", THEN,
	    CLEAR(HITACHI, "Our products are not affected.\f\n", S_FEED) },
	{ "cut-off", "partial", THEN,
	    HEAD(HITACHI) PLAIN "-----BEGIN PGP SIGNED MESSAGE-----\n" SHA512
				"\n" FIRST REST },

	/* Tricks with parts. */
	{ "footer", "partial", THEN,
	    HEAD(HITACHI) "Content-Type: multipart/mixed; boundary=a\n\n"
			  "--a\n" SIGNED(VECTOR_TEXT, BLOCK(S_MIME),
			      "") "--a\n" PLAIN "Call 12345.\n--a--\n" },
	{ "third-part", "partial", THEN,
	    HEAD(HITACHI) SIGNED(
		VECTOR_TEXT, BLOCK(S_MIME), "--b\n" PLAIN "Call 12345.\n") },

	/* No signature, or more than one. */
	{ "unsigned", "unsigned", THEN, HEAD(HITACHI) PLAIN VECTOR_TEXT },
	{ "two-signatures", "ambiguous", THEN,
	    CLEAR(HITACHI, FIRST REST, S_TWO) },
	{ "no-signature", "malformed", THEN, MIME(HITACHI, VECTOR_TEXT, "") },
	{ "opaque", "malformed", THEN,
	    MIME(HITACHI, VECTOR_TEXT, ARMOR("MESSAGE", S_OPAQUE)) },
	{ "opaque-as-signature", "malformed", THEN,
	    MIME(HITACHI, VECTOR_TEXT, BLOCK(S_OPAQUE)) },
	{ "literal-as-signature", "malformed", THEN,
	    MIME(HITACHI, VECTOR_TEXT, BLOCK(S_LITERAL)) },
	{ "certificate-as-signature", "unsupported", THEN,
	    MIME(HITACHI, VECTOR_TEXT, BLOCK(S_CERTIFICATE)) },

	/* Worth nothing. */
	{ "sha1", "weak", THEN,
	    HEAD(HITACHI) PLAIN FRAME("Hash: SHA1\n", FIRST REST, S_SHA1) },
	{ "md5", "weak", THEN, MIME(WEAK, VECTOR_TEXT, BLOCK(S_MD5)) },
	{ "version-3", "weak", THEN, MIME(WEAK, VECTOR_TEXT, BLOCK(S_V3)) },
	{ "rsa-1024", "weak", THEN, CLEAR(WEAK, FIRST REST, S_WEAK) },
	{ "expired-key", "expired", "2025-01-02T00:00:00Z",
	    CLEAR(EXPIRED, FIRST REST, S_EXPIRED) },
	{ "expired-signature", "expired", THEN,
	    CLEAR(HITACHI, FIRST REST, S_ENDED) },
	{ "revoked-key", "revoked", THEN,
	    CLEAR(REVOKED, FIRST REST, S_REVOKED) },
	{ "signed-later", "future", BEFORE,
	    CLEAR(HITACHI, FIRST REST, S_CLEAR) },
	{ "signed-long-ago", "replay", LATER,
	    CLEAR(HITACHI, FIRST REST, S_CLEAR) },

	/* Somebody else. */
	{ "look-alike-key", "unknown-key", THEN,
	    CLEAR(HITACHI, FIRST REST, S_ATTACKER) },
	{ "another-vendor", "mismatch", THEN,
	    CLEAR(HITACHI, FIRST REST, S_FUJITSU) },
	{ "stranger", "unknown-key", THEN,
	    CLEAR("psirt@hitachi.example.evil.example", FIRST REST, S_CLEAR) },
	{ "two-authors", "ambiguous-from", THEN,
	    CLEAR(HITACHI ", " FUJITSU, FIRST REST, S_CLEAR) },
	{ NULL, NULL, NULL, NULL },
};
