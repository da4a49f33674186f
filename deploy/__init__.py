"""What runs Tocsin: a broker for one machine, images, dashboards."""
