"""What clinics bring along as CSV files: read strictly, answered with line numbers, and never half taken.

Pure: bytes in, rows or problems out. Comparing rows with the chart and writing them happens elsewhere.
"""
