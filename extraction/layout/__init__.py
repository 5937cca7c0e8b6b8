"""Where things stand on a straightened page: ruled tables, tick boxes, leaders, stamps, text lines, reading order.

All finders work on the ink mask at layout resolution (`preprocessing.LAYOUT_DPI`); `page_layout` runs them in order.
"""
