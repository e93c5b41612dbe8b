/** Colour arithmetic for the test of the tokens: WCAG contrast and CIEDE2000 distance. */
type Triple = readonly [number, number, number];

/** `#rrggbb` to 0..1. */
function rgb(hex: string): Triple {
	const value = Number.parseInt(hex.slice(1), 16);
	return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

function linear(channel: number): number {
	return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function luminance(hex: string): number {
	const [r, g, b] = rgb(hex);
	return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

export function contrast(a: string, b: string): number {
	const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
	return (light + 0.05) / (dark + 0.05);
}

/** CIELAB under D65. */
function lab(hex: string): Triple {
	const [r, g, b] = rgb(hex).map(linear) as unknown as Triple;
	const x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047;
	const y = 0.2126729 * r + 0.7151522 * g + 0.072175 * b;
	const z = (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883;
	const f = (t: number) => (t > 216 / 24_389 ? Math.cbrt(t) : ((24_389 / 27) * t + 16) / 116);
	return [116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))];
}

const RADIANS = Math.PI / 180;

function hue(a: number, b: number): number {
	const degrees = Math.atan2(b, a) / RADIANS;
	return degrees < 0 ? degrees + 360 : degrees;
}

/** CIEDE2000 with all weights 1. */
export function deltaE(first: string, second: string): number {
	const [l1, a1, b1] = lab(first);
	const [l2, a2, b2] = lab(second);
	const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
	const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)));
	const [x1, x2] = [a1 * (1 + g), a2 * (1 + g)];
	const [c1, c2] = [Math.hypot(x1, b1), Math.hypot(x2, b2)];
	const [h1, h2] = [hue(x1, b1), hue(x2, b2)];
	const grey = c1 * c2 === 0;
	const turn = grey ? 0 : ((h2 - h1 + 540) % 360) - 180;
	const dL = l2 - l1;
	const dC = c2 - c1;
	const dH = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * RADIANS);
	const l = (l1 + l2) / 2;
	const c = (c1 + c2) / 2;
	const h = grey ? h1 + h2 : (h1 + turn / 2 + 360) % 360;
	const t =
		1 -
		0.17 * Math.cos((h - 30) * RADIANS) +
		0.24 * Math.cos(2 * h * RADIANS) +
		0.32 * Math.cos((3 * h + 6) * RADIANS) -
		0.2 * Math.cos((4 * h - 63) * RADIANS);
	const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
	const sc = 1 + 0.045 * c;
	const sh = 1 + 0.015 * c * t;
	const spin = 30 * Math.exp(-(((h - 275) / 25) ** 2));
	const rt = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(2 * spin * RADIANS);
	return Math.sqrt((dL / sl) ** 2 + (dC / sc) ** 2 + (dH / sh) ** 2 + rt * (dC / sc) * (dH / sh));
}
