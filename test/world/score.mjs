// What two other implementations make of CVSS vectors: "VECTOR SCORE SCORE"
// of N random ones of each version, the same each time.
//	node score.mjs FOLDER-OF-NPM N
import { createRequire, register } from "node:module";
const [folder, count] = process.argv.slice(2);
const a = createRequire(`${folder}/x.js`)("ae-cvss-calculator");
// The other one ships modules that name each other without ".js".
register("data:text/javascript," + encodeURIComponent(`
export const resolve = (s, c, next) =>
	next(s.startsWith("./") && !s.endsWith(".js") ? s + ".js" : s, c);
export const load = (url, c, next) =>
	next(url, url.includes("/js-cvss/") ? { ...c, format: "module" } : c);`));
const b = await import(
	`file://${folder}/node_modules/@pandatix/js-cvss/dist/index.js`);

let seed = 20040708;
const random = (n) => {
	seed = (seed * 1103515245 + 12345) % 2147483648;
	return Math.floor((seed / 2147483648) * n);
};
const pick = (words) => {
	const list = words.split(" ");
	return list[random(list.length)];
};

// Base metrics, then those that may be absent.
const two = [
	"AV:L A N|AC:H M L|Au:M S N|C:N P C|I:N P C|A:N P C",
	"E:U POC F H ND|RL:OF TF W U ND|RC:UC UR C ND",
	"CDP:N L LM MH H ND|TD:N L M H ND|CR:L M H ND|IR:L M H ND|AR:L M H ND",
];
const three = [
	"AV:N A L P|AC:L H|PR:N L H|UI:N R|S:U C|C:N L H|I:N L H|A:N L H",
	"E:X U P F H|RL:X O T W U|RC:X U R C|CR:X L M H|IR:X L M H|AR:X L M H",
];
const four = [
	"AV:N A L P|AC:L H|AT:N P|PR:N L H|UI:N P A|VC:H L N|VI:H L N|VA:H L N|" +
		"SC:H L N|SI:H L N|SA:H L N",
	"E:X A P U|CR:X H M L|IR:X H M L|AR:X H M L|MAV:X N A L P|MAC:X L H|" +
		"MAT:X N P|MPR:X N L H|MUI:X N P A|MVC:X H L N|MVI:X H L N|" +
		"MVA:X H L N|MSC:X H L N|MSI:X S H L N|MSA:X S H L N|S:X N P|" +
		"AU:X N Y|R:X A U I|V:X D C|RE:X L M H|U:X Clear Green Amber Red",
];
// A group of version 2 is there whole or not at all.
const vector = (prefix, groups, whole) => {
	const out = [];
	groups.forEach((group, i) => {
		const all = i === 0 || random(2);
		for (const metric of group.split("|")) {
			const [name, words] = metric.split(":");
			if (i === 0 || (whole ? all : all && random(2)))
				out.push(`${name}:${pick(words)}`);
		}
	});
	return prefix + out.join("/");
};
const base = (s) => s.base.toFixed(1);
const say = (v, x, y) => console.log(v, x, y);

for (let i = 0; i < count; i++) {
	let v = vector("", two, true);
	say(v, base(new a.Cvss2(v).calculateScores()),
		new b.CVSS20(v).BaseScore().toFixed(1));
	v = vector("CVSS:3.0/", three);
	say(v, base(new a.Cvss3P0(v).calculateScores()),
		new b.CVSS30(v).BaseScore().toFixed(1));
	v = vector("CVSS:3.1/", three);
	say(v, base(new a.Cvss3P1(v).calculateScores()),
		new b.CVSS31(v).BaseScore().toFixed(1));
	v = vector("CVSS:4.0/", four);
	say(v, new a.Cvss4P0(v).calculateScores().overall.toFixed(1),
		new b.CVSS40(v).Score().toFixed(1));
}
