"""The shaders of the 3-D view: heights are lifted, coloured, lined and lit on the graphics card.

Only the plane's coordinates are uploaded; the height of everything, trails included, comes from one texture, whose red
is the height 0..1 and whose green says whether there is ground at all.
"""

LIFT = """
#version 330
uniform sampler2D heights;
uniform mat4 mvp;
uniform vec3 size;
uniform float samples;

vec2 ground(vec2 place) {
    return texture(heights, (place * (samples - 1.0) + 0.5) / samples).rg;
}

vec4 lifted(vec2 place, float height) {
    return mvp * vec4((place - 0.5) * size.xy, (height - 0.5) * size.z, 1.0);
}
"""

GROUND_VERTEX = (
    LIFT
    + """
layout(location = 0) in vec3 corner;   // place in 0..1, and 1 for the top or 0 for the base of the block
out vec2 place;
out float top;

void main() {
    place = corner.xy;
    top = corner.z;
    float height = clamp(ground(place).r, 0.0, 1.0);
    gl_Position = lifted(place, mix(-0.12, height, corner.z));
}
"""
)

GROUND_FRAGMENT = """
#version 330
uniform sampler2D heights;
uniform sampler2D colours;
uniform vec4 line;
uniform vec3 wall;
uniform float lines;
uniform float samples;
uniform vec3 size;
in vec2 place;
in float top;
out vec4 colour;

float height_at(vec2 where) {
    return texture(heights, (where * (samples - 1.0) + 0.5) / samples).r;
}

void main() {
    vec2 here = texture(heights, (place * (samples - 1.0) + 0.5) / samples).rg;
    if (here.g < 0.99) discard;
    float height = clamp(here.r, 0.0, 1.0);
    float count = height * lines;
    float width = max(fwidth(count), 1e-4);
    float apart = abs(fract(count - 0.5) - 0.5) / width;
    float drawn = (1.0 - smoothstep(0.25, 1.1, apart)) * smoothstep(0.6, 0.25, width);
    drawn *= step(0.5, count) * step(count, lines - 0.5);
    if (top < 0.999) {
        colour = vec4(mix(wall * 0.55, wall * 1.25, top * top), 1.0);
        return;
    }
    float near = 1.0 / (samples - 1.0);
    vec2 slope = vec2(height_at(place + vec2(near, 0)) - height_at(place - vec2(near, 0)),
                      height_at(place + vec2(0, near)) - height_at(place - vec2(0, near))) / (2.0 * near);
    vec3 normal = normalize(vec3(-slope * size.z / size.xy, 1.0));
    float light = mix(0.5, 1.25, clamp(0.5 + 0.5 * dot(normal, normalize(vec3(-0.55, 0.62, 0.56))), 0.0, 1.0));
    light *= 1.0 - 0.3 * (1.0 - height) * (1.0 - height);
    vec3 ground = texture(colours, vec2(height, 0.5)).rgb * light;
    colour = vec4(mix(ground, line.rgb, line.a * drawn), 1.0);
}
"""

TRAIL_VERTEX = (
    LIFT
    + """
layout(location = 0) in vec2 from;
layout(location = 1) in vec2 to;
uniform vec2 viewport;
uniform float radius;
out vec2 along;       // pixels from the first end, along the segment and across it
out float reach;

void main() {
    vec2 first = ground(from), second = ground(to);
    vec4 a = lifted(from, clamp(first.r, 0.0, 1.0) + 0.004), b = lifted(to, clamp(second.r, 0.0, 1.0) + 0.004);
    bool outside = any(lessThan(min(from, to), vec2(-1e-6))) || any(greaterThan(max(from, to), vec2(1.000001)));
    if (outside || a.w < 0.01 || b.w < 0.01) {
        gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
        return;
    }
    vec2 p = a.xy / a.w * viewport * 0.5, q = b.xy / b.w * viewport * 0.5;
    reach = length(q - p);
    vec2 ahead = reach > 1e-3 ? (q - p) / reach : vec2(1.0, 0.0);
    float far = float(gl_VertexID & 1), side = float(gl_VertexID >> 1) * 2.0 - 1.0;
    along = vec2(mix(-radius, reach + radius, far), side * radius);
    vec2 pixel = p + ahead * along.x + vec2(-ahead.y, ahead.x) * along.y;
    vec4 end = far > 0.5 ? b : a;
    gl_Position = vec4(pixel / viewport * 2.0 * end.w, end.z - 0.004 * end.w, end.w);
}
"""
)

TRAIL_FRAGMENT = """
#version 330
uniform vec3 core;
uniform vec3 halo;
uniform float radius;
uniform float rim;
uniform float opacity;
in vec2 along;
in float reach;
out vec4 colour;

void main() {
    float apart = length(along - vec2(clamp(along.x, 0.0, reach), 0.0));
    float inside = 1.0 - smoothstep(radius - rim - 0.7, radius - rim + 0.3, apart);
    float cover = 1.0 - smoothstep(radius - 1.0, radius, apart);
    vec3 lit = mix(core, vec3(1.0), 0.35 * (1.0 - smoothstep(0.0, radius - rim, apart)));
    colour = vec4(mix(halo, lit, inside), cover * opacity * mix(0.7, 1.0, inside));
    if (colour.a < 0.02) discard;
}
"""
