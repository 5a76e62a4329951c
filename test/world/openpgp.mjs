// OpenPGP.js with the arguments of the others:
//	openpgp.mjs decrypt CENTRE SECRET <message >text	signer on stderr
//	openpgp.mjs sign SECRET <data >signature
//	openpgp.mjs clearsign SECRET <text >frame
//	openpgp.mjs generate-key ADDRESS >secret
//	openpgp.mjs extract-cert <secret >public
import { createRequire } from 'node:module';
import { readFileSync, writeSync } from 'node:fs';

const world = new URL('../../build/world/', import.meta.url);
const pgp = createRequire(world)('openpgp');
const [verb, ...files] = process.argv.slice(2);
if (verb === 'generate-key') {
	const made = await pgp.generateKey({ userIDs: [{ email: files[0] }] });
	writeSync(1, made.privateKey);
	process.exit(0);
}
const input = readFileSync(0);
const secret = await pgp.readPrivateKey({
	armoredKey: verb === 'extract-cert' ? input.toString() :
		readFileSync(files.pop(), 'utf8'),
});

if (verb === 'extract-cert') {
	writeSync(1, secret.toPublic().armor());
} else if (verb === 'decrypt') {
	const centre = await pgp.readKey({
		armoredKey: readFileSync(files[0], 'utf8'),
	});
	const { data, signatures } = await pgp.decrypt({
		message: await pgp.readMessage({ armoredMessage: input.toString() }),
		decryptionKeys: secret,
		verificationKeys: centre,
		expectSigned: true,
		format: 'binary',
	});
	if (signatures.length !== 1 || !await signatures[0].verified)
		process.exit(1);
	console.error(centre.getFingerprint().toUpperCase());
	writeSync(1, data);
} else if (verb === 'sign') {
	writeSync(1, await pgp.sign({
		message: await pgp.createMessage({ binary: input }),
		signingKeys: secret,
		detached: true,
	}));
} else if (verb === 'clearsign') {
	writeSync(1, await pgp.sign({
		message: await pgp.createCleartextMessage({ text: input.toString() }),
		signingKeys: secret,
	}));
} else {
	process.exit(64);
}
