import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ["@node-rs/argon2", "pg-boss", "postgres"],
  // The doors answer before Next and carry their own compression policy; pages are small.
  compress: true,
  devIndicators: false,
  // Every page has its title from its first byte, also without scripts.
  htmlLimitedBots: /.*/,
  // Browsers ask for it wherever no page names the icon, such as a download.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
  // Shared links are for whoever got them, not for search engines.
  headers: async () => [{ source: "/share/:path*", headers: [{ key: "x-robots-tag", value: "noindex, nofollow" }] }],
  turbopack: { root: import.meta.dirname },
};

export default config;
