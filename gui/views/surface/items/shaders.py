"""The shaders of the 3-D view: heights are lifted, coloured, lined and lit on the graphics card.

Only the plane's coordinates are uploaded; the height of everything comes from one texture: height 0..1, openness
(0 in a hole), slope along x and along y.  Lines and marks are squares and capsules whose edges are softened per pixel.
"""

LIFT = """#version 330
uniform sampler2D ground;
uniform mat4 view;
uniform mat4 projection;
uniform vec2 samples;
uniform float relief;

vec4 texel(vec2 place) {
    // The outermost samples lie on the edges of the domain, but half a texel inside the texture.
    return texture(ground, (place * (samples - 1.0) + 0.5) / samples);
}

vec4 seen(vec2 place, float z) {
    return view * vec4(place * 2.0 - 1.0, z, 1.0);
}

vec4 nearer(vec4 point, float bias) {
    // Along the ray, so that a point stays where it is on the screen.
    bool parallel = projection[3][3] > 0.5;
    vec3 towards = parallel ? vec3(0.0, 0.0, 1.0) : -normalize(point.xyz);
    return projection * vec4(point.xyz + bias * towards, 1.0);
}
"""

GROUND_VERTEX = (
    LIFT
    + """
uniform float base;
layout(location = 0) in vec3 corner;
out vec3 place;

void main() {
    float height = mix(base, texel(corner.xy).r * relief, corner.z);
    place = vec3(corner.xy, height / relief);
    gl_Position = projection * seen(corner.xy, height);
}
"""
)

_PAINT = """#version 330
uniform sampler2D ground;
uniform sampler2D colours;
uniform vec2 samples;
uniform float relief;
uniform vec4 line;
uniform float lines;
uniform float unit;
in vec3 place;
out vec4 colour;

float line_cover(float height, float half_width) {
    float count = height * lines;
    float width = max(fwidth(count), 1e-4);
    float apart = abs(fract(count - 0.5) - 0.5) / width;
    // On steep ground lines would merge into a patch: they fade.
    float cover = clamp(half_width * unit + 0.5 - apart, 0.0, 1.0) * clamp(0.34 / (width * unit), 0.0, 1.0);
    return cover * step(0.5, count) * step(count, lines - 0.5) * step(2e-4, width);
}
"""

TOP_FRAGMENT = (
    _PAINT
    + """
uniform vec3 eye;
uniform sampler2D basins;
uniform sampler2D swarms;
uniform vec4 basins_at;
uniform vec4 swarms_at;
const vec3 sun = vec3(-0.5496, 0.6196, 0.5596);

vec4 draped(sampler2D image, vec4 at) {
    // What is draped lies from at.xy on, and at.zw of it make the whole ground; nothing is where they are 0.
    vec2 share = (place.xy - at.xy) * at.zw;
    if (at.z == 0.0 || any(lessThan(share, vec2(0.0))) || any(greaterThan(share, vec2(1.0)))) return vec4(0.0);
    // Rows of an image come from above, and its bytes are blue, green, red.
    return textureLod(image, vec2(share.x, 1.0 - share.y), 0.0).bgra;
}

void main() {
    vec4 here = texture(ground, (place.xy * (samples - 1.0) + 0.5) / samples);
    if (here.g < 0.3) discard;
    vec3 normal = normalize(vec3(-here.ba * relief * 0.5, 1.0));
    vec3 ray = normalize(eye - vec3(place.xy * 2.0 - 1.0, place.z * relief));
    float facing = dot(normal, sun);
    float light = 0.56 + 0.50 * max(facing, 0.0) + 0.16 * facing;
    float valley = 1.0 - 0.28 * (1.0 - here.r) * (1.0 - here.r);
    vec4 basin = draped(basins, basins_at);
    vec3 base = mix(texture(colours, vec2(here.r * 0.996 + 0.002, 0.5)).rgb, basin.rgb, basin.a);
    vec3 paint = base * light * valley * here.g;
    float gloss = pow(max(dot(normal, normalize(ray + sun)), 0.0), 24.0);
    float grazing = pow(1.0 - max(dot(normal, ray), 0.0), 3.0);
    paint += vec3(0.55, 0.75, 0.85) * (0.08 * gloss + 0.06 * grazing * here.g);
    float ink = line.a * (1.0 - 0.4 * basin.a);
    paint = mix(paint, line.rgb, ink * line_cover(here.r, 0.62) * min(here.g, 1.0));
    vec4 swarm = draped(swarms, swarms_at);
    paint = paint * (1.0 - swarm.a) + swarm.rgb;
    colour = vec4(paint, 1.0);
}
"""
)

WALL_FRAGMENT = (
    _PAINT
    + """
uniform vec3 hole;
uniform float base;
uniform float bottom;

void main() {
    if (bottom > 0.5) {
        colour = vec4(hole, 1.0);
        return;
    }
    if (texture(ground, (place.xy * (samples - 1.0) + 0.5) / samples).g < 0.3) discard;
    // The wall shows the layers of the ground it is cut from, and sinks into the dark below.
    bool side = place.x < 1e-5 || place.x > 1.0 - 1e-5;
    float height = clamp(place.z, 0.0, 1.0);
    float depth = clamp((place.z * relief - base) / (relief - base), 0.0, 1.0);
    vec3 paint = texture(colours, vec2(height * 0.996 + 0.002, 0.5)).rgb;
    paint = mix(paint, line.rgb, 0.45 * line.a * line_cover(place.z, 0.5));
    paint *= (side ? 0.62 : 0.46) * mix(0.45, 1.0, smoothstep(0.0, 0.75, depth));
    colour = vec4(paint, 1.0);
}
"""
)

_STROKE = (
    LIFT
    + """
uniform vec2 viewport;
uniform float bias;
out vec2 along;
out float reach;
flat out vec4 paint;
flat out float radius;
flat out float glow;

void hide() {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}

void draw_stroke(vec4 ends, vec4 tint, vec2 look) {
    paint = tint;
    radius = look.x;
    glow = look.y;
    // Of an instance, or of one of many squares.
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1 & 1);
    vec4 first = texel(ends.xy), second = texel(ends.zw);
    vec4 p = nearer(seen(ends.xy, first.r * relief), bias), q = nearer(seen(ends.zw, second.r * relief), bias);
    if (p.w < 0.02 || q.w < 0.02 || min(first.g, second.g) < 0.3) {
        hide();
        return;
    }
    vec2 from = p.xy / p.w * viewport * 0.5, to = q.xy / q.w * viewport * 0.5;
    reach = length(to - from);
    vec2 ahead = reach > 1e-3 ? (to - from) / reach : vec2(1.0, 0.0);
    float outer = radius + 0.5;
    along = vec2(mix(-outer, reach + outer, corner.x), mix(-outer, outer, corner.y));
    vec2 pixel = from + ahead * along.x + vec2(-ahead.y, ahead.x) * along.y;
    vec4 end = corner.x < 0.5 ? p : q;
    gl_Position = vec4(pixel * 2.0 / viewport * end.w, end.z, end.w);
}
"""
)

LINE_VERTEX = (
    _STROKE
    + """
layout(location = 0) in vec4 ends;
layout(location = 1) in vec4 tint;
layout(location = 2) in vec2 look;    // radius in pixels, how light the middle is

void main() {
    draw_stroke(ends, tint, look);
}
"""
)

ARROW_VERTEX = (
    _STROKE
    + """
layout(location = 0) in vec3 first_end;    // of whole way, head along it, and half a head across; or of two radii
layout(location = 1) in vec3 second_end;
layout(location = 2) in vec2 owner;        // the arrow's number, and whether it is an ellipse
layout(location = 3) in vec4 tint;
layout(location = 4) in vec2 look;
uniform sampler2D arrows;                  // of each the origin and the way, in shares of the domain
uniform vec4 sizes;                        // the shortest arrow, a head, its largest share of its arrow, half its width

void main() {
    vec4 arrow = texelFetch(arrows, ivec2(int(owner.x), 0), 0);
    vec2 way = arrow.zw;
    float whole = length(way);
    vec2 head = min(sizes.y, sizes.z * whole) * way / whole;
    mat3x2 parts = mat3x2(way, head, sizes.w * vec2(-head.y, head.x));
    if (owner.y > 0.5) parts = mat3x2(abs(way.x), 0.0, 0.0, abs(way.y), 0.0, 0.0);
    vec4 ends = vec4(arrow.xy + parts * first_end, arrow.xy + parts * second_end);
    // Comparisons with NaN are false.
    bool inside = all(greaterThanEqual(ends, vec4(0.0))) && all(lessThanEqual(ends, vec4(1.0)));
    if (whole > sizes.x && whole < 1e30 && inside)
        draw_stroke(ends, tint, look);
    else
        hide();
}
"""
)

LINE_FRAGMENT = """#version 330
uniform float least;
flat in vec4 paint;
flat in float radius;
flat in float glow;
in vec2 along;
in float reach;
out vec4 colour;

void main() {
    float apart = length(along - vec2(clamp(along.x, 0.0, reach), 0.0));
    float cover = clamp(radius + 0.5 - apart, 0.0, 1.0);
    if (cover <= least) discard;
    float middle = clamp(1.0 - apart / radius, 0.0, 1.0);
    colour = vec4(mix(paint.rgb, vec3(1.0), glow * middle), paint.a * cover);
}
"""

MARK_VERTEX = (
    LIFT
    + """
layout(location = 0) in vec4 mark;    // place, kind, radius in pixels
layout(location = 1) in vec3 tint;
layout(location = 2) in vec2 slice;   // of a shared disc: from, to, in turns clockwise from the top
uniform vec2 viewport;
uniform float bias;
out vec2 offset;
flat out float kind;
flat out float radius;
flat out vec3 body;
flat out vec2 part;

void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
    vec4 here = texel(mark.xy);
    vec4 p = nearer(seen(mark.xy, here.r * relief), bias);
    kind = mark.z;
    radius = mark.w;
    body = tint;
    part = slice;
    offset = corner * (radius + 1.0);
    gl_Position = vec4(p.xy + offset * 2.0 / viewport * p.w, p.z, p.w);
    if (p.w < 0.02 || any(lessThan(mark.xy, vec2(-1e-6))) || any(greaterThan(mark.xy, vec2(1.000001))))
        gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
"""
)

MARK_FRAGMENT = """#version 330
uniform vec3 ball_edge;
uniform vec3 mark_edge;
uniform float opacity;
uniform float unit;
in vec2 offset;
flat in float kind;
flat in float radius;
flat in vec3 body;
flat in vec2 part;
out vec4 colour;

float star(vec2 at, float outer) {
    // Distance to a five-pointed star: one tip is looked at, the others are its mirror images.
    const float tenth = 0.628318531;
    float angle = mod(atan(at.x, at.y) + tenth, 2.0 * tenth) - tenth;
    vec2 p = length(at) * vec2(cos(angle), abs(sin(angle)));
    vec2 tip = vec2(outer, 0.0), notch = 0.45 * outer * vec2(cos(tenth), sin(tenth));
    vec2 edge = notch - tip;
    vec2 to = p - tip;
    float inside = sign(to.x * edge.y - to.y * edge.x);
    return inside * length(to - edge * clamp(dot(to, edge) / dot(edge, edge), 0.0, 1.0));
}

void main() {
    float turn = fract(atan(offset.x, offset.y) / 6.283185307 + 1.0);
    if (turn < part.x || turn >= part.y) discard;
    float rim = 1.6 * unit, apart = length(offset);
    vec3 paint = body, edge = kind < 0.5 ? ball_edge : mark_edge;
    float shape;
    if (kind < 0.5) {
        // A ball: light from the upper left, a rim.
        shape = apart - radius;
        vec2 at = offset / radius;
        vec3 normal = vec3(at, sqrt(max(1.0 - dot(at, at), 0.0)));
        float light = max(dot(normal, normalize(vec3(-0.45, 0.6, 0.66))), 0.0);
        paint = body * mix(0.72, 1.06, light) + vec3(0.5) * pow(light, 14.0);
    } else if (kind < 1.5) {
        rim = 0.7 * unit;
        shape = star(offset, radius);
    } else if (kind < 2.5) {
        shape = abs(apart - radius + 2.2 * unit) - 2.2 * unit;
    } else {
        // A cross whose middle is free, so that what it points at is seen.
        vec2 at = abs(offset);
        rim = 0.5 * unit;
        shape = max(min(at.x, at.y) - 0.9 * unit, max(max(at.x, at.y) - radius, 0.35 * radius - max(at.x, at.y)));
    }
    float cover = clamp(0.5 - shape, 0.0, 1.0);
    if (cover <= 0.0) discard;
    colour = vec4(mix(edge, paint, clamp(0.5 - shape - rim, 0.0, 1.0)), cover * opacity);
}
"""

COVER_VERTEX = """#version 330
void main() {
    // One triangle that covers the picture.
    gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0);
}
"""

COVER_FRAGMENT = """#version 330
uniform sampler2D image;
uniform float height;
out vec4 colour;

void main() {
    // Rows of an image come from above, those of a picture from below.
    colour = texelFetch(image, ivec2(gl_FragCoord.x, height - gl_FragCoord.y), 0);
}
"""
